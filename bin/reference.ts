import { App } from 'aws-cdk-lib';
import { stampBank } from './reference/bank';

const app = new App();
stampBank(app);
app.synth();
