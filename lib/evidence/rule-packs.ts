import { Stage, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { failOnOpenFindings } from './open-findings';

/** Context that the CDK's command line sets when it reports findings by itself, for the stacks that it was told to look at. */
const CDK_REPORTS = '@aws-cdk/core:failSynthOnValidationErrors';

const APPLIED = Symbol.for('cdk-api-security.rule-packs');

/** The cdk-nag rule packs that every synthesis must pass: AwsSolutions, NIST 800-53 R5 and Serverless. */
export class RulePacks {
  /** Applies the packs to the whole app of a construct, once. A finding that is not acknowledged fails the synthesis. */
  public static applyTo(construct: IConstruct): void {
    const app = construct.node.root;
    if (!Stage.isStage(app) || APPLIED in app) return;
    Object.defineProperty(app, APPLIED, { value: true });
    if (app.node.tryGetContext(CDK_REPORTS) === false) failOnOpenFindings(app.outdir);
    // Loading every rule takes longer than synthesizing a small app: an app that omits the packs does not pay for them.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { AwsSolutionsChecks, NIST80053R5Checks, ServerlessChecks } = require('cdk-nag') as typeof import('cdk-nag');
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new NIST80053R5Checks(app), new ServerlessChecks(app));
  }

  private constructor() {}
}
