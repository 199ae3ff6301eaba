import { BodyRefused } from '../threat/body-refused';

/** A JSON body that its operation's schema refuses; `place` in the schema is for the service's own log. */
export class BodySchemaRefused extends BodyRefused {
  constructor(readonly place: string) {
    super('JSON', 'schema');
    this.name = 'BodySchemaRefused';
  }
}
