import type { Condition } from '../condition';

/** A VPC endpoint of the environment for the gateway. */
export const GATEWAY_ENDPOINT: readonly Condition[] = [{ path: '$type', equals: 'AWS::EC2::VPCEndpoint' }, { path: 'ServiceName', matches: 'execute-api' }];

/** A statement that is about everybody. */
export const EVERYBODY: Condition = { path: 'Principal', anyOf: [[{ path: '', equals: '*' }], [{ path: 'AWS', equals: '*' }]] };

/** A resource policy that denies everybody every call but through a VPC endpoint of the environment. */
export const ONLY_THROUGH_ENDPOINT: Condition = {
  path: 'Policy.Statement', someItem: [
    { path: 'Effect', equals: 'Deny' },
    EVERYBODY,
    { path: 'Action', equals: 'execute-api:Invoke' },
    { path: 'Resource', equals: 'execute-api:/*' },
    { path: 'Condition', only: ['StringNotEquals'] },
    { path: 'Condition.StringNotEquals', only: ['aws:SourceVpce'] },
    { path: 'Condition.StringNotEquals.aws:SourceVpce', refersTo: GATEWAY_ENDPOINT },
  ],
};
