import { MarkingPolicy, SECURITY_CLASSIFICATIONS } from '../contract/protective-marking';
import { Classification } from './classification';

/**
 * Whether requests to an API service carry `X-Protective-Marking`.
 *
 * A marking that is there is held to the syntax of the standard, and to the classification of the service: one that says more is
 * refused with 403. Where it is required, the service library marks the answers too.
 */
export class ProtectiveMarking {
  /** Every request carries the header; the gateway answers 400 to one without it. */
  public static required(): ProtectiveMarking {
    return new ProtectiveMarking(true);
  }

  /** A request may come without the header. */
  public static optional(): ProtectiveMarking {
    return new ProtectiveMarking(false);
  }

  private constructor(
    /** True when a request without the header is refused. */
    public readonly isRequired: boolean,
  ) {}
}

/** What the authorizer is told of a service's markings. */
export function markingPolicy({ classification, protectiveMarking }: { readonly classification: Classification; readonly protectiveMarking: ProtectiveMarking }): MarkingPolicy {
  return { ceiling: SECURITY_CLASSIFICATIONS[classification.level]!, ...(protectiveMarking.isRequired && { required: true }) };
}
