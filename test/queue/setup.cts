/** Has the e2e tests run in queue mode, too. */
process.env.EXECUTIONS_MODE = 'queue';
