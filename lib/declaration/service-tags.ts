import { MESSAGE_SIGNATURES_TAG } from '../contract/message-signatures';
import { ExposedService } from './exposed-service';

/** What a reviewer wants to know of a service, on every resource of it. */
export function serviceTags({ group, service }: ExposedService): { [key: string]: string } {
  return {
    ApiGroup: group.name,
    ApiService: service.name,
    ApprovedExposure: service.approvedExposure.join(' '),
    Classification: service.classification.marking,
    DataSensitivity: service.dataSensitivity,
    ...(service.messageSignatures && { [MESSAGE_SIGNATURES_TAG]: 'required' }),
    Owner: service.owner,
  };
}
