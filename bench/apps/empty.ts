import { App, CfnWaitConditionHandle, Stack, Validations } from 'aws-cdk-lib';

/** The smallest app there is: one stack with one resource, under the same packs when `PACKS` is set. */
const app = new App();
new CfnWaitConditionHandle(new Stack(app, 'Empty'), 'Nothing');
if (process.env.PACKS) {
  // Loading the packs takes longer than synthesizing the app: without them it must not pay for them.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { AwsSolutionsChecks, NIST80053R5Checks, ServerlessChecks } = require('cdk-nag') as typeof import('cdk-nag');
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new NIST80053R5Checks(app), new ServerlessChecks(app));
}
app.synth();
