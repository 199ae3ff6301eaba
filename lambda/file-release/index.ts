import { FILE_UPLOADS_ENVIRONMENT as NAMES, fileTypeLimits } from '../../lib/contract/file-uploads';
import { ObjectStore } from '../../runtime/object-store';
import { requiredVariable } from '../environment';
import { recordLine } from './file-record';
import { release, type ReleaseDependencies } from './release';

const limits = fileTypeLimits(requiredVariable(NAMES.types));
const region = requiredVariable('AWS_REGION');
const maxBytes = Math.max(...Object.values(limits));
const quarantineName = requiredVariable(NAMES.quarantineBucket);
const dependencies: ReleaseDependencies = { service: requiredVariable(NAMES.service), quarantineName, quarantine: store(quarantineName), released: store(requiredVariable(NAMES.releasedBucket)), limits };

function store(bucket: string): ObjectStore {
  return new ObjectStore({ bucket, region, environment: process.env, clock: Date.now, maxBytes });
}

/** Handles the events of the malware scanner; an event that throws is tried again, and kept in a queue in the end. */
export const handler = async (event: unknown): Promise<void> => {
  const outcome = await release(event, dependencies);
  if (outcome !== undefined) process.stdout.write(`${recordLine(outcome, dependencies.service, Date.now())}\n`);
};
