// The rule packs read every resource of every template: one test runs them, in a process of its own.
process.env.CDK_VALIDATION = 'false';
