//! An authenticator in software: makes passkeys and answers for them, rightly or as a test wants.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, EcdsaSigningAlgorithm, KeyPair as _,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use placet::{crypto, random};
use serde_json::{Value, json};

const ALGORITHM: &EcdsaSigningAlgorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;
/// The user was there, and was verified.
const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const ATTESTED: u8 = 0x40;

/// One passkey and its device.
pub(crate) struct SoftKey {
    key: EcdsaKeyPair,
    id: [u8; 32],
    pub origin: String,
    pub rp_id: String,
    /// Raised by every use; at 0 it stays there.
    pub counter: u32,
    pub is_verified: bool,
    /// What the browser says of the way to it.
    pub transports: Value,
    /// The person's id, as the server gave it.
    pub handle: Option<Vec<u8>>,
}

impl SoftKey {
    /// For the server at that origin, `http://localhost:…`.
    pub(crate) fn new(origin: &str) -> Self {
        Self {
            key: EcdsaKeyPair::generate(ALGORITHM).unwrap(),
            id: random::bytes(),
            origin: origin.to_owned(),
            rp_id: "localhost".to_owned(),
            counter: 0,
            is_verified: true,
            transports: json!(["internal", "hybrid"]),
            handle: None,
        }
    }

    /// What the browser would post for a registration with those options.
    pub(crate) fn create(&mut self, options: &str) -> String {
        let options: Value = serde_json::from_str(options).unwrap();
        let asked = &options["publicKey"];
        let handle = asked["user"]["id"].as_str().unwrap();
        self.handle = Some(URL_SAFE_NO_PAD.decode(handle).unwrap());
        let client = self.client_data("webauthn.create", asked);
        let mut data = self.data(ATTESTED);
        data.extend([0; 16]);
        data.extend([0, 32]);
        data.extend(self.id);
        let point = self.key.public_key().as_ref();
        // COSE (RFC 9052 §7): an EC2 key on P-256 for ES256.
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(&point[1..33]);
        data.extend([0x22, 0x58, 0x20]);
        data.extend(&point[33..65]);
        let mut object = vec![0xa3];
        object.extend(b"\x63fmt\x64none\x67attStmt\xa0\x68authData\x58");
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(&data);
        self.posted(&json!({
            "clientDataJSON": URL_SAFE_NO_PAD.encode(client),
            "attestationObject": URL_SAFE_NO_PAD.encode(object),
            "transports": self.transports,
        }))
    }

    /// What the browser would post for a sign-in with those options.
    pub(crate) fn get(&mut self, options: &str) -> String {
        let options: Value = serde_json::from_str(options).unwrap();
        let client = self.client_data("webauthn.get", &options["publicKey"]);
        if self.counter > 0 {
            self.counter += 1;
        }
        let data = self.data(0);
        let signed = [data.as_slice(), &crypto::sha256(&client)].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        self.posted(&json!({
            "clientDataJSON": URL_SAFE_NO_PAD.encode(client),
            "authenticatorData": URL_SAFE_NO_PAD.encode(data),
            "signature": URL_SAFE_NO_PAD.encode(signature),
            "userHandle": self.handle.as_ref().map(|handle| URL_SAFE_NO_PAD.encode(handle)),
        }))
    }

    /// As the server knows it.
    pub(crate) fn id(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.id)
    }

    fn client_data(&self, kind: &str, asked: &Value) -> Vec<u8> {
        let data = json!({
            "type": kind,
            "challenge": asked["challenge"],
            "origin": self.origin,
            "crossOrigin": false,
        });
        data.to_string().into_bytes()
    }

    fn data(&self, flags: u8) -> Vec<u8> {
        let verified = if self.is_verified { VERIFIED } else { 0 };
        let mut data = crypto::sha256(self.rp_id.as_bytes()).to_vec();
        data.push(PRESENT | verified | flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    fn posted(&self, response: &Value) -> String {
        let posted = json!({
            "id": self.id(),
            "rawId": self.id(),
            "type": "public-key",
            "response": response,
            "extensions": {},
        });
        posted.to_string()
    }
}
