import { Stage, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, NIST80053R5Checks, ServerlessChecks } from 'cdk-nag';
import { IConstruct } from 'constructs';

const APPLIED = Symbol.for('cdk-api-security.rule-packs');

/** The cdk-nag rule packs that every synthesis must pass: AwsSolutions, NIST 800-53 R5 and Serverless. */
export class RulePacks {
  /** Applies the packs to the whole app of a construct, once. A finding that is not acknowledged fails the synthesis. */
  public static applyTo(construct: IConstruct): void {
    const app = construct.node.root;
    if (!Stage.isStage(app) || APPLIED in app) return;
    Object.defineProperty(app, APPLIED, { value: true });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new NIST80053R5Checks(app), new ServerlessChecks(app));
  }

  private constructor() {}
}
