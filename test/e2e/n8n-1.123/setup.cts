/** Has the e2e tests run on the last n8n 1.x. */
process.env.N8N_VERSION = '1.123';
