// Imported first by the tests that want every check of a synthesis.
delete process.env.CDK_VALIDATION;
