import type { AssessedDomain } from './assessed-environment';

const MODIFYING = ['POST', 'PUT', 'PATCH', 'DELETE'];

/** Controls that ask for clients to be authenticated and authorised: by reachability, and by what a method may do. */
export function callerControls({ isPrivate }: AssessedDomain, method = 'GET'): readonly string[] {
  const modifies = MODIFYING.includes(method);
  if (isPrivate) return ['ISM-1546', modifies ? 'ISM-2013' : 'ISM-2014'];
  return ['ISM-1546', modifies ? 'ISM-1818' : 'ISM-1817'];
}

/** Controls that ask for input to be validated, by where it comes from. */
export function inputControls({ isPrivate }: AssessedDomain): readonly string[] {
  return [isPrivate ? 'ISM-2016' : 'ISM-1240', 'ISM-1851'];
}
