/** What templates cannot show of request validation. */
export const NOT_SHOWN_OF_MODELS = 'That the models say what the service means cannot be shown from a template, nor that an operation without a model was meant to have none.';

/** What templates cannot show of the inspection of bodies. */
export const INSPECTED_BY_CODE = 'That the code of a service uses the service library, which inspects bodies within the limits that it is told and by the validators that it is given, cannot be shown from a template.';

/** What the gateway's validators let through. */
export const DUPLICATE_MEMBERS = 'An object that names a member twice is not refused: the gateway validates the last one and passes the body on as it came, so a service must refuse it, as the service library does in front of its handler.';
