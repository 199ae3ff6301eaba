import { ApiService } from '../declaration/api-service';
import { Operation } from '../declaration/operation';
import { literal } from './pattern-match';

/** The paths of an operation under its host name, as a regular expression without anchors; a parameter is one segment. */
export function operationPath({ basePath }: ApiService, { path }: Operation): string {
  const segments = path.split('/').filter((segment) => segment !== '').map((segment) => (segment.startsWith('{') ? '[^/]+' : literal(segment)));
  return [`/${basePath}`, ...segments].join('/');
}
