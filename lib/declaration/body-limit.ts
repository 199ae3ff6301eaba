import { Size, SizeRoundingBehavior } from 'aws-cdk-lib';
import { demand } from '../private/refusal';
import { recordedReason } from './recorded-reason';

/** Most that a web ACL can inspect of a body on API Gateway. */
const INSPECTABLE_BYTES = 64 * 1024;
/** The platform's own limit, which cannot be set: no smaller one could be enforced beyond inspection. */
const GATEWAY_LIMIT = Size.mebibytes(10);

/** Largest request body of an API service. A larger one is refused with 413 at the edge. */
export class BodyLimit {
  /** A limit within what the web ACL inspects, at most 64 KiB. */
  public static of(size: Size): BodyLimit {
    const bytes = size.toBytes({ rounding: SizeRoundingBehavior.NONE });
    const got = (): string => `${size.toKibibytes({ rounding: SizeRoundingBehavior.NONE })} KiB`;
    demand('BODY_LIMIT', Number.isInteger(bytes) && bytes >= 1, got, 'whole bytes, at least Size.bytes(1)');
    demand('BODY_LIMIT', bytes <= INSPECTABLE_BYTES, got);
    return new BodyLimit(size, undefined);
  }

  /** As much as the gateway itself takes, 10 MB: what lies beyond 64 KiB is not inspected, and the reason shows in the evidence. */
  public static beyondInspection(reason: string): BodyLimit {
    return new BodyLimit(GATEWAY_LIMIT, recordedReason(reason));
  }

  private constructor(
    /** Largest body that is let through. */
    public readonly size: Size,
    /** Why bodies beyond inspection are accepted; undefined within it. */
    public readonly reason: string | undefined,
  ) {}

  /** True when the web ACL sees a body of this size in full, and so can measure it. */
  public get isInspected(): boolean {
    return this.reason === undefined;
  }
}
