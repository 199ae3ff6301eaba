import { BodyRefused } from '../threat/body-refused';

/** A body that its operation's schema refuses, or whose type the operation does not declare; `place` in the schema is for the service's own log. */
export class BodySchemaRefused extends BodyRefused {
  constructor(readonly place: string) {
    super('JSON', 'schema');
    this.name = 'BodySchemaRefused';
  }
}
