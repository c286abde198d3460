// openid-client: the life of a token and of a session after sign-in, and clients that register themselves.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { before, test } from 'node:test'
import * as jose from 'jose'
import * as client from 'openid-client'
import { CALLBACK, GOODBYE, SCOPE, configure, register, settle, signIn } from './app.mjs'
import { Browser, issuer, placet } from './placet.mjs'

const API = process.env.PEERS_API
const HOOK = `http://127.0.0.1:${process.env.PEERS_APP_PORT}/backchannel`
const web = register('Living app', '--post-logout-redirect-uri', GOODBYE)
const heard = register('Listening app', '--backchannel-logout-uri', HOOK, '--post-logout-redirect-uri', GOODBYE)
const signed = register('Signed UserInfo app', '--userinfo-signed-response-alg', 'RS256')
const reader = register('Notes app', '--scope', 'notes:read', '--resource', API)
const notes = placet('client', 'add', '--name', 'Notes API', '--scope', 'notes:read', '--resource-server-of', API)
const jwtNotes = placet(
  ...['client', 'add', '--name', 'Careful notes API', '--scope', 'notes:read', '--resource-server-of', API],
  ...['--introspection-signed-response-alg', 'ES256'],
)
const mailScope = placet('scope', 'add', 'mail:read', '--description', 'Read your mail').name
const mail = placet('resource', 'add', 'https://mail.example', '--name', 'Mail', '--scope', 'mail:read', '--format', 'opaque').uri
const both = register('Two APIs app', '--scope', `openid notes:read ${mailScope}`, '--resource', API, '--resource', mail)
const mailServer = placet('client', 'add', '--name', 'Mail API', '--scope', mailScope, '--resource-server-of', mail)
let config

const basic = (registered) => configure(registered, client.ClientSecretBasic(registered.client_secret))

before(async () => {
  await settle()
  config = await basic(web)
})

test('UserInfo', async () => {
  const tokens = await signIn(config)
  const found = await client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub)
  assert.equal(found.name, 'Ada Lovelace')
  assert.equal(found.preferred_username, 'ada')
  assert.equal(found.email, 'ada@example.com')
  assert.equal(found.email_verified, true)
})

test('UserInfo says no more than the scope', async () => {
  const tokens = await signIn(config, { scope: 'openid' })
  const found = await client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub)
  assert.deepEqual(Object.keys(found), ['sub'])
})

test('UserInfo as a JWT', async () => {
  const careful = await basic(signed)
  const tokens = await signIn(careful)
  const found = await client.fetchUserInfo(careful, tokens.access_token, tokens.claims().sub)
  assert.equal(found.name, 'Ada Lovelace')
})

test('single claims, by the claims parameter', async () => {
  const claims = JSON.stringify({ id_token: { email: { essential: true } }, userinfo: { name: null } })
  const tokens = await signIn(config, { scope: 'openid', claims })
  assert.equal(tokens.claims().email, 'ada@example.com')
  const found = await client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub)
  assert.equal(found.name, 'Ada Lovelace')
  assert.equal(found.email, undefined)
})

test('UserInfo refuses what is no token', async () => {
  await assert.rejects(client.fetchUserInfo(config, 'nonsense', client.skipSubjectCheck), (thrown) => {
    assert.equal(thrown.cause[0].parameters.error, 'invalid_token', String(thrown.stack))
    return true
  })
})

test('introspection by the client itself, of both tokens', async () => {
  const tokens = await signIn(config)
  const access = await client.tokenIntrospection(config, tokens.access_token)
  assert.equal(access.active, true)
  assert.equal(access.client_id, web.client_id)
  assert.equal(access.sub, tokens.claims().sub)
  const refresh = await client.tokenIntrospection(config, tokens.refresh_token, { token_type_hint: 'refresh_token' })
  assert.equal(refresh.active, true)
})

test('introspection by the API, as JSON and as a JWT, and by a stranger', async () => {
  const app = await basic(reader)
  const { access_token } = await signIn(app, { scope: 'openid notes:read', resource: API })
  for (const api of [notes, jwtNotes]) {
    const found = await client.tokenIntrospection(await basic(api), access_token)
    assert.equal(found.active, true)
    assert.equal(found.aud, API)
    assert.ok(found.scope.split(' ').includes('notes:read'))
  }
  assert.deepEqual(await client.tokenIntrospection(config, access_token), { active: false })
})

test('one sign-in for two APIs, one token for each; that of the second is opaque', async () => {
  const app = await basic(both)
  const scope = `openid notes:read ${mailScope}`
  const first = await signIn(app, { scope, resource: [API, mail], atToken: { resource: API } })
  assert.equal(jose.decodeJwt(first.access_token).aud, API)
  const second = await client.refreshTokenGrant(app, first.refresh_token, { resource: mail })
  assert.equal(second.access_token.split('.').length, 1)
  const found = await client.tokenIntrospection(await basic(mailServer), second.access_token)
  assert.equal(found.active, true)
  assert.equal(found.aud, mail)
  assert.deepEqual(found.scope.split(' ').sort(), [mailScope, 'openid'])
  assert.deepEqual(await client.tokenIntrospection(await basic(notes), second.access_token), { active: false })
})

test('revoking the access token kills it', async () => {
  const tokens = await signIn(config)
  await client.tokenRevocation(config, tokens.access_token)
  assert.deepEqual(await client.tokenIntrospection(config, tokens.access_token), { active: false })
  await assert.rejects(client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub))
})

test('revoking the refresh token ends the whole grant', async () => {
  const tokens = await signIn(config)
  await client.tokenRevocation(config, tokens.refresh_token, { token_type_hint: 'refresh_token' })
  assert.deepEqual(await client.tokenIntrospection(config, tokens.access_token), { active: false })
  await assert.rejects(client.refreshTokenGrant(config, tokens.refresh_token), { error: 'invalid_grant' })
})

test('sign-out, by a hint that proves it', async () => {
  const browser = new Browser()
  const tokens = await signIn(config, { browser })
  const state = client.randomState()
  const url = client.buildEndSessionUrl(config, {
    id_token_hint: tokens.id_token,
    post_logout_redirect_uri: GOODBYE,
    state,
  })
  const answer = await browser.signOut(url, GOODBYE)
  assert.equal(answer.searchParams.get('state'), state)
  await assert.rejects(signIn(config, { browser, prompt: 'none' }), { error: 'login_required' })
})

test('sign-out without a hint asks first', async () => {
  const browser = new Browser()
  await signIn(config, { browser })
  await browser.signOut(client.buildEndSessionUrl(config, { post_logout_redirect_uri: GOODBYE }), GOODBYE)
  await assert.rejects(signIn(config, { browser, prompt: 'none' }), { error: 'login_required' })
})

test('sign-out is told to the back channel', async () => {
  const listening = await basic(heard)
  const browser = new Browser()
  const tokens = await signIn(listening, { browser })
  const server = createServer().listen(process.env.PEERS_APP_PORT, '127.0.0.1')
  try {
    const [[request, response]] = await Promise.all([
      once(server, 'request', { signal: AbortSignal.timeout(10_000) }),
      browser.signOut(client.buildEndSessionUrl(listening, { id_token_hint: tokens.id_token, post_logout_redirect_uri: GOODBYE }), GOODBYE),
    ])
    const body = new URLSearchParams((await request.setEncoding('utf8').toArray()).join(''))
    response.end()
    const keys = jose.createRemoteJWKSet(new URL(config.serverMetadata().jwks_uri))
    const checks = { issuer, audience: heard.client_id, typ: 'logout+jwt', requiredClaims: ['iat', 'jti', 'exp'] }
    const { payload } = await jose.jwtVerify(body.get('logout_token'), keys, checks)
    assert.deepEqual(payload.events, { 'http://schemas.openid.net/event/backchannel-logout': {} })
    assert.equal(payload.sid, tokens.claims().sid)
    assert.equal(payload.nonce, undefined)
  } finally {
    server.close()
    server.closeAllConnections()
  }
})

const self = { client_name: 'Came by itself', redirect_uris: [CALLBACK], scope: SCOPE }
const options = { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] }

test('a client registers itself and signs people in', async () => {
  const metadata = { ...self, token_endpoint_auth_method: 'client_secret_post', grant_types: ['authorization_code', 'refresh_token'] }
  const registered = await client.dynamicClientRegistration(new URL(issuer), metadata, undefined, options)
  const tokens = await signIn(registered)
  await client.refreshTokenGrant(registered, tokens.refresh_token)
})

test('a client registers itself with a key', async () => {
  const { publicKey, privateKey } = await jose.generateKeyPair('ES256', { extractable: true })
  const jwks = { keys: [{ ...(await jose.exportJWK(publicKey)), kid: 'own', alg: 'ES256', use: 'sig' }] }
  const metadata = { ...self, token_endpoint_auth_method: 'private_key_jwt', jwks }
  const authentication = client.PrivateKeyJwt({ key: privateKey, kid: 'own' })
  const registered = await client.dynamicClientRegistration(new URL(issuer), metadata, authentication, options)
  const tokens = await signIn(registered, { scope: 'openid email' })
  assert.ok(tokens.claims().sub)
})

test('a client reads, changes and removes its registration', async () => {
  const registered = await client.dynamicClientRegistration(new URL(issuer), self, undefined, options)
  const { registration_client_uri, registration_access_token, ...mine } = registered.clientMetadata()
  const ask = (method, token, body) =>
    fetch(registration_client_uri, {
      method,
      body: body && JSON.stringify(body),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    })
  const read = await (await ask('GET', registration_access_token)).json()
  assert.equal(read.client_id, mine.client_id)
  const token = read.registration_access_token ?? registration_access_token
  const { client_id_issued_at, client_secret_expires_at, client_secret, ...kept } = mine
  const changed = await (await ask('PUT', token, { ...kept, client_name: 'Has another name' })).json()
  assert.equal(changed.client_name, 'Has another name', JSON.stringify(changed))
  const last = changed.registration_access_token ?? token
  assert.equal((await ask('DELETE', last)).status, 204)
  assert.equal((await ask('GET', last)).status, 401)
})
