import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CertificateFiles } from '../endpoints';
import type { Credential } from './certificate-authority';

/** The directory of one run's certificates and keys: readable by its owner only. */
export class KeyMaterial {
  constructor(private readonly directory: string) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  }

  /** Writes a certificate, or any other PEM text. @returns the file */
  public pem(name: string, text: string): string {
    const file = join(this.directory, `${name.replace(/[^\w.-]/g, '_')}.pem`);
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  }

  /** Writes a certificate and its key. @returns the files */
  public credential(name: string, { certificate, privateKey }: Credential): CertificateFiles {
    return { certificateFile: this.pem(name, certificate), keyFile: this.pem(`${name}-key`, privateKey) };
  }
}
