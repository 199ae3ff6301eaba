/** Any JSON value of a template, intrinsic functions included. */
export type TemplateValue = string | number | boolean | null | readonly TemplateValue[] | { readonly [key: string]: TemplateValue };

/** A JSON object of a template. */
export type TemplateObject = { readonly [key: string]: TemplateValue };

/** One resource of a CloudFormation template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: TemplateObject;
  readonly Condition?: string;
}

/** The parts of a CloudFormation template that the local gateway reads. */
export interface Template {
  readonly Parameters?: { readonly [id: string]: { readonly Type: string; readonly Default?: TemplateValue } };
  readonly Mappings?: TemplateObject;
  readonly Conditions?: TemplateObject;
  readonly Resources?: { readonly [logicalId: string]: TemplateResource };
  readonly Outputs?: { readonly [id: string]: { readonly Value: TemplateValue; readonly Export?: { readonly Name: TemplateValue } } };
}

/** Whether a template value is an object, not a list and not null. */
export function isObject(value: TemplateValue | undefined): value is TemplateObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
