import { CodedRefusal } from '../lib/contract/coded-refusal';

/** A refusal of the local gateway to run something. */
export class LocalRefusal extends CodedRefusal {}
