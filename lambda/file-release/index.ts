import { FILE_UPLOADS_ENVIRONMENT as NAMES, fileTypeLimits } from '../../lib/contract/file-uploads';
import { ObjectStore } from '../../runtime/object-store';
import { requiredVariable } from '../environment';
import { recordLine } from './file-record';
import { release, type Release } from './release';

const limits = fileTypeLimits(requiredVariable(NAMES.types));
const store = (bucket: string): ObjectStore => new ObjectStore({ bucket, region: requiredVariable('AWS_REGION'), environment: process.env, clock: Date.now, maxBytes: Math.max(...Object.values(limits)) });
const quarantineName = requiredVariable(NAMES.quarantineBucket);
const parts: Release = { service: requiredVariable(NAMES.service), quarantineName, quarantine: store(quarantineName), released: store(requiredVariable(NAMES.releasedBucket)), limits };

/** Handles the events of the malware scanner; an event that throws is tried again, and kept in a queue in the end. */
export const handler = async (event: unknown): Promise<void> => {
  const outcome = await release(event, parts);
  if (outcome !== undefined) process.stdout.write(`${recordLine(outcome, parts.service, Date.now())}\n`);
};
