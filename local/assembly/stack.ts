import type { Asset } from './asset';
import type { Template } from './template';

/** One synthesized stack, as its manifest artifact describes it. */
export interface Stack {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly template: Template;
  readonly assets: readonly Asset[];
}
