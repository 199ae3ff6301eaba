import { Stage, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

const APPLIED = Symbol.for('cdk-api-security.rule-packs');

/** The cdk-nag rule packs that every synthesis must pass: AwsSolutions, NIST 800-53 R5 and Serverless. */
export class RulePacks {
  /** Applies the packs to the whole app of a construct, once. A finding that is not acknowledged fails the synthesis. */
  public static applyTo(construct: IConstruct): void {
    const app = construct.node.root;
    if (!Stage.isStage(app) || APPLIED in app) return;
    Object.defineProperty(app, APPLIED, { value: true });
    // Loading every rule takes longer than synthesizing a small app: an app that omits the packs does not pay for them.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { AwsSolutionsChecks, NIST80053R5Checks, ServerlessChecks } = require('cdk-nag') as typeof import('cdk-nag');
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new NIST80053R5Checks(app), new ServerlessChecks(app));
  }

  private constructor() {}
}
