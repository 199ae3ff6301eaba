import { Asset, ControlState, type ControlRow } from '../control';

const asset = Asset.API_LIFECYCLE;

/** Control list: API Lifecycle, as the pattern has it, and the control that only its threat mapping names. */
export const API_LIFECYCLE_ROWS: readonly ControlRow[] = [
  {
    control: 'ISM-0402', asset, claim: ControlState.NOT_IMPLEMENTED,
    intent: 'Keep a service with known security defects out of later release phases.',
    missing: ['A delivery pipeline with gates is not stamped; the organisation\'s own must stop a release on a finding.'],
  },
  {
    control: 'ISM-0469', asset, claim: ControlState.INHERITED,
    intent: 'Send data over approved cryptographic protocols only.',
    checks: ['buckets-tls-only', 'bucket-policies-deny-plain-http'],
    because: 'No portal is stamped. Publishing and deploying go through AWS endpoints, whose TLS is the cloud provider\'s.',
  },
  {
    control: 'ISM-0616', asset, claim: ControlState.NOT_IMPLEMENTED,
    intent: 'Identify every user of portals and lifecycle tooling, and separate administrative duties.',
    missing: ['Neither a developer portal nor administrative roles are stamped; the organisation must identify users and separate duties in its own tooling.'],
  },
  {
    control: 'ISM-1182', asset, claim: ControlState.ORGANISATIONAL,
    intent: 'Restrict access to lifecycle functions and portals to what the business needs.',
    because: 'No portal is stamped. Who may deploy an environment is decided by the roles of the account it is deployed to.',
  },
  {
    control: 'ISM-1436', asset, claim: ControlState.PARTLY_IMPLEMENTED,
    intent: 'Record security categorisation in the lifecycle portal, so that critical services are kept apart from likelier targets.',
    checks: ['api-classification-recorded', 'api-approved-exposure-recorded', 'api-owner-recorded'],
    missing: ['There is no portal or catalogue; the record is in the declarations and in the tags of the stamped APIs.'],
  },
  {
    control: 'ISM-1597', asset, claim: ControlState.PARTLY_IMPLEMENTED,
    intent: 'Keep API keys, certificates and credentials in a purpose-built secrets service.',
    checks: ['secrets-encrypted', 'signing-key-rotated', 'api-keys-rotated', 'alarm-key-rotation', 'kms-signing-keys-confined', 'alarm-signing', 'keys-rotated'],
    missing: ['The control of today is about obscuring credentials while people enter them; nothing that is stamped asks a person for a credential.'],
  },
  {
    control: 'ISM-1780', asset, claim: ControlState.PARTLY_IMPLEMENTED,
    intent: 'Deploy and release API services across environments with approved DevSecOps tooling.',
    checks: ['artifacts-content-addressed', 'environments-separate-accounts'],
    missing: ['A delivery pipeline is not stamped; environments are described as code, checked at synthesis, and deployed by the organisation\'s own tooling.'],
  },
  {
    control: 'ISM-1420', asset, claim: ControlState.ORGANISATIONAL,
    intent: 'Named by the threat mapping only: keep production data out of environments that are secured less.',
    checks: ['environments-separate-accounts', 'trust-domains-separate'],
    because: 'Every environment is stamped alike and apart; which data is loaded into it is for people to decide.',
  },
];
