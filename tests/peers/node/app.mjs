// An app of this run: registered by the command line, using openid-client.
import * as client from 'openid-client'
import { Browser, issuer, placet } from './placet.mjs'

export const CALLBACK = `http://127.0.0.1:${process.env.PEERS_APP_PORT}/callback`
export const GOODBYE = `http://127.0.0.1:${process.env.PEERS_APP_PORT}/goodbye`
export const SCOPE = 'openid profile email offline_access'

/** Registers an app that signs people in. */
export function register(name, ...flags) {
  return placet('client', 'add', '--name', name, '--redirect-uri', CALLBACK, '--scope', SCOPE, ...flags)
}

/**
 * The app's configuration, by discovery. Signatures are checked although TLS would do in their place, and http is allowed
 * because this run has no TLS.
 */
export function configure(registered, authentication, ...extensions) {
  const execute = [client.allowInsecureRequests, client.enableNonRepudiationChecks, ...extensions]
  return client.discovery(new URL(issuer), registered.client_id, registered, authentication, { execute })
}

/** A turn through the browser, and the code's exchange; every check that openid-client has. */
export async function signIn(config, { browser = new Browser(), maxAge, atToken, ...parameters } = {}) {
  const started = await start(config, parameters)
  const answer = await browser.authorize(started.url, CALLBACK)
  return client.authorizationCodeGrant(config, answer, { ...started.checks, maxAge }, atToken)
}

/** Where to send the browser, and what its answer has to fit. */
export async function start(config, parameters = {}, build = client.buildAuthorizationUrl) {
  const checks = {
    pkceCodeVerifier: client.randomPKCECodeVerifier(),
    expectedState: client.randomState(),
    expectedNonce: client.randomNonce(),
    idTokenExpected: true,
  }
  const { resource = [], ...others } = parameters
  const query = new URLSearchParams({
    redirect_uri: CALLBACK,
    scope: SCOPE,
    code_challenge: await client.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    ...others,
  })
  for (const uri of [resource].flat()) query.append('resource', uri)
  const url = await build(config, query)
  return { url, checks }
}

/** A server sees within a second what the command line changed. */
export const settle = () => new Promise((resolve) => setTimeout(resolve, 1100))
