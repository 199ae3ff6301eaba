import { CodedRefusal } from '../lib/contract/coded-refusal';

/** A mistake of whoever asks for an assessment. */
export class AssessRefusal extends CodedRefusal {}
