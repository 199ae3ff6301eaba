/** Value of an environment variable that the constructs set. @throws Error at start, so that a wrong deployment fails at once */
export function requiredVariable(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') {
    throw new Error(`environment variable ${name} is not set`);
  }
  return value;
}
