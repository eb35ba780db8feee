// Journeys of people on the pages, one after the other with one service and one browser.
import { test } from 'node:test';
import { startBrowser } from './browser.mjs';
import { aCase } from './journeys/case.mjs';
import { cards } from './journeys/cards.mjs';
import { keyboard } from './journeys/keyboard.mjs';
import { leads } from './journeys/leads.mjs';
import { officer } from './journeys/officer.mjs';
import { phone } from './journeys/phone.mjs';
import { quickExit } from './journeys/quick_exit.mjs';
import { script } from './journeys/script.mjs';
import { refused } from './journeys/refused.mjs';
import { restored } from './journeys/restored.mjs';
import { search } from './journeys/search.mjs';
import { startService } from './service.mjs';

const JOURNEYS = {
  'a traffic control is ordered on a phone': phone,
  'the cards on the front page': cards,
  'the keyboard only': keyboard,
  'the script on forms': script,
  'a form restored by the browser': restored,
  'one request too many': refused,
  'an officer notes a call': officer,
  'the search': search,
  'the quick exit': quickExit,
  'redirects': leads,
  // Last, since it lets hours pass.
  'an officer and a citizen play through a case': aCase,
};

test('journeys', async (t) => {
  const site = await startService(t);
  const browser = await startBrowser(t);
  for (const [name, journey] of Object.entries(JOURNEYS)) await t.test(name, (t) => journey(t, site, browser));
});
