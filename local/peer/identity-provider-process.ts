import { Child } from '../child';
import { childEntry } from '../child-entry';
import type { IdentityProviderSettings } from './identity-provider-settings';

/** The identity provider in its own process; `ports` are the loopback ports of its issuers, in order. */
export interface IdentityProviderProcess {
  readonly ports: readonly number[];
  close(): Promise<void>;
}

/** Starts the identity provider and waits until it listens. */
export async function startIdentityProvider(settings: IdentityProviderSettings, log: (text: string) => void): Promise<IdentityProviderProcess> {
  const child = new Child({ entry: childEntry('identity-provider'), env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production' }, output: log });
  const { ports } = await child.ask<{ ports: number[] }>(settings);
  return { ports, close: () => child.end() };
}
