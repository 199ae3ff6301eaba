import { Refusal } from '../../runtime/refusal';
import type { ClientCertificate } from './client-certificate';
import type { RevocationFault, RevocationModule, RevocationQuestion } from './revocation-module';
import { requiredFile } from './required-file';

/** Checks of revocation, loaded from a file of their own with the first certificate: no other authorizer is larger for them. */
export class LoadedRevocation {
  private question?: RevocationQuestion;

  /** @param ask makes the question out of what the file holds */
  constructor(private readonly file: string, private readonly ask: (module: RevocationModule) => RevocationQuestion) {}

  /** @throws Refusal `certificate_revoked`, `revocation_unknown`, at once or by the promise */
  requireUnrevoked(certificate: ClientCertificate, partner: string | undefined, notRevocable?: boolean): Promise<void> | undefined {
    this.question ??= this.ask(requiredFile(this.file) as RevocationModule);
    const answer = this.question(certificate, partner, notRevocable);
    return answer instanceof Promise ? answer.then(refuse) : refuse(answer);
  }
}

function refuse(fault: RevocationFault | undefined): undefined {
  if (fault) {
    throw new Refusal(fault.reason, fault.detail);
  }
}
