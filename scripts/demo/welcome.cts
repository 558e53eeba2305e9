/** What the demo prints when it is ready: where to look, what to click. */
import { OWNER } from './demo.cts';

export function welcome(campaignUrl: string, outcomesUrl: string): string {
	return `
The demo is running. Nobody is really called: a simulator on this machine plays AI Rudder's part.

  1. Open in your browser   ${campaignUrl}
  2. Sign in                ${OWNER.email}
     with the password      ${OWNER.password}
  3. Click the button       Execute workflow   (at the bottom of the page)
     AI Rudder starts calling ten contacts.
  4. See the outcomes       here, one line a call, and in n8n:
                            ${outcomesUrl}/executions
     (A Production Checklist that n8n may show there can be closed.)

Then your own flow: the README's First flow, with the template 'Payment reminder'.
Ctrl-C ends everything; the next start is quick and keeps your changes.

Outcomes as they come back:`;
}
