// The Placet of this run: its command line, and people's browser, which knows forms and cookies but no scripts.
import { execFileSync } from 'node:child_process'

const { PLACET_ISSUER, PEERS_BINARY, PEERS_FOLDER, PEERS_PASSWORD } = process.env

export const issuer = PLACET_ISSUER

/** Runs a command and returns what it prints with --json. */
export function placet(...command) {
  const options = { cwd: PEERS_FOLDER, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }
  return JSON.parse(execFileSync(PEERS_BINARY, [...command, '--json'], options))
}

export class Browser {
  #cookies = new Map()

  constructor(username = 'ada') {
    this.username = username
  }

  /**
   * Signs in and allows, as far as the pages ask, until it is sent to `callback`. Returns what the
   * app receives there: an address, or a request with a form.
   */
  async authorize(url, callback, { decision = 'allow' } = {}) {
    let page = await this.#send(new Request(url), callback)
    for (let turn = 0; turn < 10; turn++) {
      if (page.answer) return page.answer
      const form = page.forms.find((form) => form.isAt(callback) || form.has('password') || form.has('decision'))
      if (!form) throw new Error(`neither sign-in nor consent at ${page.url}:\n${page.text}`)
      if (form.isAt(callback)) return form.submit({})
      const entered = form.has('password') ? { username: this.username, password: PEERS_PASSWORD } : { decision }
      page = await this.#send(form.submit(entered), callback)
    }
    throw new Error(`the browser goes round in circles, now at ${page.url}`)
  }

  /**
   * Presses a provider's button at an address of Placet, signs in and allows there (by the development pages of oidc-provider) and here, as far
   * as the pages ask. Returns the page where that ends, or what the app receives at `callback`.
   */
  async signInElsewhere(address, provider, callback = 'about:nowhere') {
    let page = await this.#send(new Request(address), callback)
    const form = page.forms.find((form) => form.leadsTo(`/login/upstream/${provider}`))
    if (!form) throw new Error(`no button for ${provider} at ${page.url}:\n${page.text}`)
    page = await this.#send(form.submit({}), callback)
    for (let turn = 0; turn < 10; turn++) {
      if (page.answer) return page.answer
      const form = page.forms.find((form) => form.has('login') || form.has('prompt') || form.has('decision'))
      if (!form) return page
      const entered = form.has('login') ? { login: this.username, password: 'any' } : form.has('decision') ? { decision: 'allow' } : {}
      page = await this.#send(form.submit(entered), callback)
    }
    throw new Error(`the browser goes round in circles, now at ${page.url}`)
  }

  /** Goes to an address and says yes to signing out, if asked, until it is sent to `callback`. */
  async signOut(url, callback) {
    let page = await this.#send(new Request(url), callback)
    while (!page.answer) {
      if (page.forms.length !== 1) throw new Error(`no single form at ${page.url}:\n${page.text}`)
      page = await this.#send(page.forms[0].submit({ decision: 'sign-out' }), callback)
    }
    return page.answer
  }

  /** Follows redirects to a page, or to an address of the app. */
  async #send(request, callback) {
    for (let turn = 0; turn < 10; turn++) {
      if (request.url.startsWith(callback)) return { answer: new URL(request.url) }
      const cookies = [...this.#cookies].map((pair) => pair.join('=')).join('; ')
      if (cookies) request.headers.set('cookie', cookies)
      const response = await fetch(request, { redirect: 'manual' })
      response.headers.getSetCookie().forEach((line) => this.#keep(line))
      const location = response.headers.get('location')
      if (!location) return readPage(request.url, response)
      request = new Request(new URL(location, request.url))
    }
    throw new Error(`too many redirects, the last to ${request.url}`)
  }

  #keep(line) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)
    if (/;\s*max-age=0/i.test(line)) this.#cookies.delete(name)
    else this.#cookies.set(name, value)
  }
}

async function readPage(url, response) {
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.status} from ${url}:\n${text}`)
  const forms = [...text.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, tag, inner]) => new Form(url, tag, inner))
  return { url, text, forms }
}

class Form {
  constructor(page, tag, inner) {
    const { action = '', method = 'get' } = readAttributes(tag)
    Object.assign(this, { page, method, action: new URL(action, page).href })
    this.controls = [...inner.matchAll(/<(?:input|button)\b([^>]*)>/gs)].map(([, tag]) => readAttributes(tag))
  }

  has(name) {
    return this.controls.some((control) => control.name === name)
  }

  /** Whether a button of it leads there; then it is sent there. */
  leadsTo(path) {
    const button = this.controls.find(({ formaction }) => formaction === path)
    if (button) this.action = new URL(path, this.page).href
    return Boolean(button)
  }

  isAt(address) {
    return this.action === address
  }

  submit(entered) {
    const kept = this.controls.filter(({ name, type }) => name && (type === 'hidden' || type === 'checkbox'))
    const body = new URLSearchParams(kept.map(({ name, value = 'on' }) => [name, value]))
    for (const [name, value] of Object.entries(entered)) body.append(name, value)
    return new Request(this.action, { method: this.method, body, headers: { origin: new URL(this.page).origin } })
  }
}

function readAttributes(tag) {
  const found = [...tag.matchAll(/([\w-]+)(?:="([^"]*)")?/g)]
  return Object.fromEntries(found.map(([, name, value = '']) => [name, decode(value)]))
}

function decode(text) {
  const named = { amp: '&', lt: '<', gt: '>', quot: '"' }
  return text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (all, decimal, hex, name) => {
    const code = decimal ? Number(decimal) : hex && parseInt(hex, 16)
    return code ? String.fromCodePoint(code) : (named[name] ?? all)
  })
}
