import { App, Stack, Validations } from 'aws-cdk-lib';
import { CfnWaitConditionHandle } from 'aws-cdk-lib';
import { AwsSolutionsChecks, NIST80053R5Checks, ServerlessChecks } from 'cdk-nag';

/** The smallest app there is: one stack with one resource, under the same packs when `PACKS` is set. */
const app = new App();
new CfnWaitConditionHandle(new Stack(app, 'Empty'), 'Nothing');
if (process.env.PACKS) Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new NIST80053R5Checks(app), new ServerlessChecks(app));
app.synth();
