import type { IncomingMessage, ServerResponse } from 'node:http';
import { awsJsonExchange, type AwsJsonAnswer } from './aws-json-exchange';

const ARN = /^arn:[a-z-]+:acm-pca:[a-z0-9-]+:\d{12}:certificate-authority\/[0-9a-f-]{36}$/;

/** AWS Private CA's GetCertificateAuthorityCertificate over its JSON 1.1 protocol: every CA is one root. Signatures are not checked; nothing else is answered. */
export class PrivateCertificateAuthority {
  /** @param certificate PEM of the root */
  constructor(private certificate: string) {}

  /** Has another certificate from now on. */
  public renew(certificate: string): void {
    this.certificate = certificate;
  }

  /** Answers one HTTP request of an AWS client. */
  public handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    return awsJsonExchange(request, response, '1.1', (target, text) => this.answer(target, text));
  }

  private answer(target: string, text: string): AwsJsonAnswer {
    if (target !== 'ACMPrivateCA.GetCertificateAuthorityCertificate') return { status: 400, body: { __type: 'UnknownOperationException' } };
    const { CertificateAuthorityArn: arn } = JSON.parse(text) as { readonly CertificateAuthorityArn?: string };
    if (arn === undefined || !ARN.test(arn)) return { status: 400, body: { __type: 'InvalidArnException' } };
    return { status: 200, body: { Certificate: this.certificate } };
  }
}
