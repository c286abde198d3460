// openid-client: discovery, code with PKCE, every way of client authentication and every algorithm, refresh.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import * as jose from 'jose'
import * as client from 'openid-client'
import { CALLBACK, configure, register, settle, signIn, start } from './app.mjs'
import { Browser, issuer, placet } from './placet.mjs'

const API = process.env.PEERS_API
const web = register('Node app')
const post = register('Posting app', '--token-endpoint-auth-method', 'client_secret_post')
const secretJwt = register('Secret JWT app', '--token-endpoint-auth-method', 'client_secret_jwt')
const spa = register('Browser app', '--public')
const robot = placet('client', 'add', '--name', 'Robot', '--scope', 'notes:read', '--resource', API)
const signedWith = ['RS256', 'ES256', 'PS256', 'EdDSA']
const idTokenApps = signedWith.map((alg) => register(`${alg} app`, '--id-token-signed-response-alg', alg))
const keyApps = await Promise.all(signedWith.map(registerWithKey))
const pairwise = register('Pairwise app', '--subject-type', 'pairwise')
const legacy = ['--grant', 'authorization_code', '--grant', 'implicit']
const hybrid = register('Hybrid app', '--response-type', 'code id_token', ...legacy)
const implicit = register('Implicit app', '--response-type', 'id_token', '--grant', 'implicit')
let config

before(async () => {
  await settle()
  config = await configure(web, client.ClientSecretBasic(web.client_secret))
})

async function registerWithKey(alg) {
  const { publicKey, privateKey } = await jose.generateKeyPair(alg, { extractable: true })
  const jwk = { ...(await jose.exportJWK(publicKey)), kid: `key-${alg}`, alg, use: 'sig' }
  const flags = ['--token-endpoint-auth-method', 'private_key_jwt', '--jwks', JSON.stringify({ keys: [jwk] })]
  const authentication = client.PrivateKeyJwt({ key: privateKey, kid: jwk.kid })
  return { registered: register(`${alg} key app`, ...flags), alg, authentication, key: { key: privateKey, kid: jwk.kid } }
}

test('discovery, by OpenID Connect and by RFC 8414', async () => {
  const found = config.serverMetadata()
  assert.ok(found.supportsPKCE())
  assert.ok(found.authorization_response_iss_parameter_supported)
  const options = { algorithm: 'oauth2', execute: [client.allowInsecureRequests] }
  const other = await client.discovery(new URL(issuer), web.client_id, web, undefined, options)
  assert.equal(other.serverMetadata().token_endpoint, found.token_endpoint)
})

test('code with PKCE, state, nonce and iss', async () => {
  const tokens = await signIn(config, { maxAge: 600 })
  const claims = tokens.claims()
  assert.equal(claims.iss, issuer)
  assert.equal(claims.aud, web.client_id)
  assert.match(claims.sub, /^[\da-f-]{36}$/)
  assert.ok(claims.auth_time && claims.sid)
  assert.ok(tokens.refresh_token)
  assert.equal(tokens.token_type, 'bearer')
  assert.ok(tokens.expiresIn() > 0)
})

test('the answer as a form post', async () => {
  const tokens = await signIn(config, { response_mode: 'form_post' })
  assert.ok(tokens.claims().sub)
})

test('a public client', async () => {
  const tokens = await signIn(await configure(spa, client.None()))
  assert.equal(tokens.claims().aud, spa.client_id)
})

test('client_secret_post', async () => {
  await signIn(await configure(post, client.ClientSecretPost(post.client_secret)))
})

test('client_secret_jwt', async () => {
  await signIn(await configure(secretJwt, client.ClientSecretJwt(secretJwt.client_secret)))
})

for (const app of keyApps) {
  test(`private_key_jwt with ${app.alg}`, async () => {
    const keyed = await configure(app.registered, app.authentication)
    const tokens = await signIn(keyed)
    await client.refreshTokenGrant(keyed, tokens.refresh_token)
  })
}

for (const app of idTokenApps) {
  test(`ID tokens with ${app.id_token_signed_response_alg}`, async () => {
    const tokens = await signIn(await configure(app, client.ClientSecretBasic(app.client_secret)))
    const { alg, kid } = jose.decodeProtectedHeader(tokens.id_token)
    assert.equal(alg, app.id_token_signed_response_alg)
    assert.ok(kid)
  })
}

test('the hybrid flow: code id_token', async () => {
  const mixed = await configure(hybrid, client.ClientSecretBasic(hybrid.client_secret), client.useCodeIdTokenResponseType)
  const { url, checks } = await start(mixed)
  const answer = await new Browser().authorize(url, CALLBACK)
  const tokens = await client.authorizationCodeGrant(mixed, answer, checks)
  assert.ok(tokens.claims().sub)
})

// There is no access token to read UserInfo with, so the ID token holds what the scope brings (OIDC Core §5.4).
test('the implicit flow: id_token', async () => {
  const old = await configure(implicit, client.None(), client.useIdTokenResponseType)
  const { url, checks } = await start(old, { scope: 'openid email' })
  const answer = await new Browser().authorize(url, CALLBACK)
  const claims = await client.implicitAuthentication(old, answer, checks.expectedNonce, checks)
  assert.equal(claims.email, 'ada@example.com')
})

test('a pairwise subject is not the public one', async () => {
  const seen = await signIn(config)
  const hidden = await signIn(await configure(pairwise, client.ClientSecretBasic(pairwise.client_secret)))
  assert.notEqual(seen.claims().sub, hidden.claims().sub)
})

test('a second visit needs no page, and a first one does', async () => {
  const browser = new Browser()
  const first = await signIn(config, { browser })
  const second = await signIn(config, { browser, prompt: 'none', id_token_hint: first.id_token })
  assert.equal(second.claims().sub, first.claims().sub)
  assert.equal(second.claims().auth_time, first.claims().auth_time)
  await assert.rejects(signIn(config, { prompt: 'none' }), refused('login_required'))
})

test('a person says no', async () => {
  const { url, checks } = await start(config, { prompt: 'consent' })
  const answer = await new Browser('grace').authorize(url, CALLBACK, { decision: 'deny' })
  await assert.rejects(client.authorizationCodeGrant(config, answer, checks), refused('access_denied'))
})

test('a code without its verifier is worth nothing', async () => {
  const { url, checks } = await start(config)
  const answer = await new Browser().authorize(url, CALLBACK)
  const others = { ...checks, pkceCodeVerifier: client.randomPKCECodeVerifier() }
  await assert.rejects(client.authorizationCodeGrant(config, answer, others), refused('invalid_grant'))
})

test('a request object, signed', async () => {
  const [app] = keyApps
  const keyed = await configure(app.registered, app.authentication)
  const build = (config, parameters) => client.buildAuthorizationUrlWithJAR(config, parameters, app.key)
  const { url, checks } = await start(keyed, {}, build)
  const answer = await new Browser().authorize(url, CALLBACK)
  const tokens = await client.authorizationCodeGrant(keyed, answer, checks)
  assert.ok(tokens.claims().sub)
})

test('a refresh brings new tokens, with an ID token of the same sign-in', async () => {
  const first = await signIn(config)
  const second = await client.refreshTokenGrant(config, first.refresh_token)
  assert.notEqual(second.access_token, first.access_token)
  assert.notEqual(second.refresh_token, first.refresh_token)
  for (const claim of ['sub', 'auth_time', 'sid']) assert.equal(second.claims()[claim], first.claims()[claim])
})

test('client credentials, and the token as its API checks it', async () => {
  const own = await configure(robot, client.ClientSecretBasic(robot.client_secret))
  const { access_token, refresh_token } = await client.clientCredentialsGrant(own, { scope: 'notes:read', resource: API })
  assert.equal(refresh_token, undefined)
  const keys = jose.createRemoteJWKSet(new URL(config.serverMetadata().jwks_uri))
  const { payload } = await jose.jwtVerify(access_token, keys, { issuer, audience: API, typ: 'at+jwt' })
  assert.equal(payload.scope, 'notes:read')
})

function refused(error) {
  return (thrown) => {
    assert.equal(thrown.error, error, String(thrown.stack))
    return true
  }
}
