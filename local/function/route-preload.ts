/**
 * Loaded before a function bundle or backend: leads the connections of this process to the loopback ports of `LOCAL_ROUTES`
 * (JSON, `host:port` to port) and refuses every other one, so that bundles run unchanged and nothing leaves the machine.
 */
import { Socket } from 'node:net';

const routes = JSON.parse(process.env.LOCAL_ROUTES ?? '{}') as { readonly [target: string]: number };
delete process.env.LOCAL_ROUTES;
const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

interface Target { host?: string; port?: number | string; path?: string | null }
type Connect = (this: Socket, ...args: unknown[]) => Socket;

const connect = Socket.prototype.connect as unknown as Connect;

(Socket.prototype as unknown as { connect: Connect }).connect = function routed(this: Socket, ...args: unknown[]): Socket {
  const [first] = args;
  // net.connect hands over its normalized arguments as one list; tls.connect hands over the options.
  const options = (Array.isArray(first) ? first[0] : first) as Target | undefined;
  if (typeof options !== 'object' || typeof options.path === 'string') return connect.apply(this, args);
  const host = options.host ?? 'localhost';
  const port = routes[`${host}:${options.port ?? ''}`];
  if (port === undefined && LOOPBACK.has(host)) return connect.apply(this, args);
  if (port === undefined) {
    const error = Object.assign(new Error(`LOCAL_ROUTE: a process of the local gateway reaches declared hosts only, got ${host}; write a route for it`), { code: 'ECONNREFUSED' });
    process.nextTick(() => { this.destroy(error); });
    return this;
  }
  const routedOptions = { ...options, host: '127.0.0.1', port };
  if (!Array.isArray(first)) return connect.call(this, routedOptions, ...args.slice(1));
  first[0] = routedOptions;
  return connect.apply(this, args);
};
