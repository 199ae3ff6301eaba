/** Type of the metadata entry under which a web ACL carries the capacity units that were computed for it, and its budget. */
export const WEB_ACL_CAPACITY = 'cdk-api-security:web-acl-capacity';
