import { compare } from '../assembly';
import type { Control } from '../control';
import { ADDED_CONTROLS } from './added-controls';
import { CHANGED_CONTROLS } from './changed-controls';
import { RESCINDED_CONTROLS } from './rescinded-controls';
import { UNCHANGED_CONTROLS } from './unchanged-controls';

/** Every control that a row, a threat or a successor names. */
export const CONTROLS: readonly Control[] = [...UNCHANGED_CONTROLS, ...CHANGED_CONTROLS, ...RESCINDED_CONTROLS, ...ADDED_CONTROLS]
  .sort((a, b) => compare(a.id, b.id));
