import { REPLAY_TABLE_ATTRIBUTES } from '../../contract/replay-table';
import type { Condition } from '../condition';

/** A table that remembers what was used, forgets it by itself and is encrypted with a key of the environment. */
export const REPLAY_TABLE: readonly Condition[] = [
  { path: '$type', equals: 'AWS::DynamoDB::Table' },
  { path: 'TimeToLiveSpecification.AttributeName', equals: REPLAY_TABLE_ATTRIBUTES.until },
  { path: 'TimeToLiveSpecification.Enabled', equals: true },
  { path: 'SSESpecification.SSEEnabled', equals: true },
  { path: 'SSESpecification.KMSMasterKeyId', refersTo: [{ path: '$type', equals: 'AWS::KMS::Key' }] },
];
