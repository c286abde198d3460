// oidc-provider as the provider elsewhere: people come in with accounts there, also to an app that waits, and by a key that is new.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as jose from 'jose'
import * as client from 'openid-client'
import { Provider } from 'oidc-provider'
import { CALLBACK, configure, register, settle } from './app.mjs'
import { Browser, issuer, placet } from './placet.mjs'

const { PEERS_PROVIDER_PORT, PEERS_PROVIDER_SECRET } = process.env
const elsewhere = `http://localhost:${PEERS_PROVIDER_PORT}`
const app = register('App with people from elsewhere')
const claims = (id) => ({
  sub: id,
  email: `${id}@elsewhere.example`,
  email_verified: id !== 'unverified',
  name: `Somebody called ${id}`,
  preferred_username: id,
})
let server

/** A provider with one key, which is made anew each time. */
async function listen(alg) {
  const { privateKey } = await jose.generateKeyPair(alg, { extractable: true })
  const key = { ...(await jose.exportJWK(privateKey)), alg, use: 'sig' }
  const provider = new Provider(elsewhere, {
    clients: [{
      client_id: 'placet',
      client_secret: PEERS_PROVIDER_SECRET,
      redirect_uris: [`${issuer}/login/upstream/elsewhere/callback`],
      id_token_signed_response_alg: alg,
    }],
    claims: { email: ['email', 'email_verified'], profile: ['name', 'preferred_username'] },
    findAccount: (_, id) => ({ accountId: id, claims: () => claims(id) }),
    pkce: { required: () => true },
    jwks: { keys: [key] },
    cookies: { keys: ['a key of the tests'] },
  })
  server = provider.listen(Number(PEERS_PROVIDER_PORT))
  await new Promise((resolve) => server.once('listening', resolve))
}

function close() {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(resolve))
}

before(async () => {
  await settle()
  await listen('RS256')
})

after(close)

test('somebody from elsewhere gets an account, and finds it again', async () => {
  for (const browser of [new Browser('olga'), new Browser('olga')]) {
    const page = await browser.signInElsewhere(`${issuer}/login`, 'elsewhere')
    assert.match(page.text, /olga/)
    assert.equal(new URL(page.url).pathname, '/account')
  }
  const olga = placet('user', 'show', 'olga')
  assert.equal(olga.email, 'olga@elsewhere.example')
  assert.equal(olga.email_verified, true)
  assert.equal(olga.has_password, false)
  const accounts = placet('user', 'upstream-accounts', 'olga')
  assert.deepEqual(accounts.map(({ issuer, subject }) => [issuer, subject]), [[elsewhere, 'olga']])
})

test('an address that is not verified there is not taken over', async () => {
  await new Browser('unverified').signInElsewhere(`${issuer}/login`, 'elsewhere')
  assert.equal(placet('user', 'show', 'unverified').email, null)
})

test('an app that waits gets its code', async () => {
  const config = await configure(app, client.ClientSecretBasic(app.client_secret))
  const verifier = client.randomPKCECodeVerifier()
  const address = client.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK,
    scope: 'openid email',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state: 'waits',
  })
  const browser = new Browser('pia')
  const answer = await browser.signInElsewhere(address, 'elsewhere', CALLBACK)
  const tokens = await client.authorizationCodeGrant(config, answer, { pkceCodeVerifier: verifier, expectedState: 'waits' })
  assert.equal(tokens.claims().acr, 'pwd')
  assert.equal(tokens.claims().amr, undefined)
})

test('a new key there is found', async () => {
  await close()
  await listen('ES256')
  const page = await new Browser('quinn').signInElsewhere(`${issuer}/login`, 'elsewhere')
  assert.match(page.text, /quinn/)
})
