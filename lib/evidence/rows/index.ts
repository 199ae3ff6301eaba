import type { ControlRow } from '../control';
import { ADDED_ROWS } from './added';
import { API_GATEWAY_ROWS } from './api-gateway';
import { API_LIFECYCLE_ROWS } from './api-lifecycle';
import { API_SERVICE_ROWS } from './api-service';

/** Every control on every asset. */
export const ROWS: readonly ControlRow[] = [...API_SERVICE_ROWS, ...API_GATEWAY_ROWS, ...API_LIFECYCLE_ROWS, ...ADDED_ROWS];
