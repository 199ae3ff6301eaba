export { Exposure } from './declaration/exposure';
