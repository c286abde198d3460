//! Tests of hashes that other servers made: published vectors, ones made with Python's hashlib and bcrypt, and the bounds.

use std::time::{Duration, Instant};

use super::super::stored::{Usable, usable};
use super::super::{Argon2Params, PasswordPool, Verdict};
use super::Foreign;
use crate::model::secret::{PasswordHash, Secret};

fn pool() -> PasswordPool {
    let cost = Argon2Params {
        memory_kib: 64,
        iterations: 1,
        parallelism: 1,
    };
    PasswordPool::new(cost, 1, 8).unwrap()
}

async fn verdict(pool: &PasswordPool, password: &str, hash: &str) -> Verdict {
    let hash = PasswordHash::from_phc(hash.to_owned());
    let password = Secret::new(password.to_owned());
    pool.verify(password, Some(&hash)).await.unwrap()
}

const MATCH: Verdict = Verdict::Match {
    needs_upgrade: true,
};

/// A password and its hash: jBCrypt's tests, RFC 6070 §2, RFC 7914 §11 and §12; the rest was made here, with Python.
const VECTORS: [(&str, &str); 14] = [
    (
        "",
        "$2a$06$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s.",
    ),
    (
        "a",
        "$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe",
    ),
    (
        "pässwörd 密码",
        "$2a$04$22WtkCUycZDjHQ7UvZICge9tSS/fir5JDUej.DoVGZsllvb/oItS.",
    ),
    (
        "pässwörd 密码",
        "$2b$05$HfDuH7X.BE7JohkHVKc4IeLltWikNFVklaaQ8AGAZDYZeAjTXuyrC",
    ),
    (
        "pässwörd 密码",
        "$2y$04$qJ.DHOA2aN.1qtlwKvb6W.hKUc/F42gG9yXvb/UTaJiOA8eMnO5xu",
    ),
    (
        "password",
        "$pbkdf2-sha1$i=4096,l=20$c2FsdA$SwB5AbdlSJq+rUnZJvch0GWkKcE",
    ),
    (
        "Password",
        "$pbkdf2-sha256$i=80000,l=64$TmFDbA$TdzY9guYviGDDO5e8icB+WQaRBjQTAQUrv8Ih2s0q1ah1CWhIlgzVJrbhBtRybMXaicr3ruh0HhHj2Kzl/M8jQ==",
    ),
    (
        "pässwörd 密码",
        "$pbkdf2$i=1000$AAECAwQFBgcICQoLDA0ODw$wzblT7OjBlbvFsy2QMxz4U5i36I",
    ),
    (
        "pässwörd 密码",
        "$pbkdf2-sha256$i=27500,l=64$AAECAwQFBgcICQoLDA0ODw$lij5i+F+zG+cq/HXMMAFQ9FzueDl14IQaGhilmA9jNB3hpQZ+aJqRT+6kN57wYUZ1EQwM0qx4Ro13fg2UmEwXQ",
    ),
    (
        "pässwörd 密码",
        "$pbkdf2-sha512$i=30000,l=64$AAECAwQFBgcICQoLDA0ODw==$FFjCi895bNDKL+ARXsyOe3EqNBZzXrhwGvoPJk2quNlvyiL1o2gye6BANavPFeDlhLfM8hnfZjfU8K0Z+1rkWQ==",
    ),
    (
        "pässwörd 密码",
        "$pbkdf2-sha384$i=1000,l=48$AAECAwQFBgcICQoLDA0ODw$VJqa6FoWglZase6TW5ZPjZn68P6BVvEJsnX8NgsOwjXTm58dLRLxi0pL1AaItSvV",
    ),
    (
        "pleaseletmein",
        "$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofLVQylVYT8Pz2LUlwUkKpr55h6F3A1lHkDfzwF7RVdYhw",
    ),
    (
        "pässwörd 密码",
        "$scrypt$ln=14,r=8,p=1$AAECAwQFBgcICQoLDA0ODw==$pgWB1Zm/iBBUNnUA72kV5EsmRoPVD5ckg00mS5+hs/Q=",
    ),
    (
        "pässwörd 密码",
        "$scrypt$ln=10,r=8,p=2$AAECAwQFBgcICQoLDA0ODw$kuUTHVChEaygGae/qqEuW0MZ/SM7mDkootq5ZQ7XQZg",
    ),
];

#[tokio::test]
async fn other_servers_hashes_match_and_ask_to_be_renewed() {
    let pool = pool();
    for (password, hash) in VECTORS {
        assert_eq!(verdict(&pool, password, hash).await, MATCH, "{hash}");
        assert_eq!(usable(hash), Usable::Yes, "{hash}");
        for wrong in [
            format!("{password} "),
            format!("{password}\0"),
            "wrong".to_owned(),
        ] {
            let found = verdict(&pool, &wrong, hash).await;
            // HMAC pads its key with NULs (RFC 2104 §2), and bcrypt repeats its own: neither can tell these apart.
            let is_padded =
                wrong.ends_with('\0') && (password.is_empty() || !hash.starts_with("$2"));
            if !is_padded {
                assert_eq!(found, Verdict::Mismatch, "{wrong:?} {hash}");
            }
        }
    }
}

#[tokio::test]
async fn bcrypt_looks_at_72_bytes_and_at_each_of_them() {
    let pool = pool();
    let hash = "$2b$04$/ua3wHDH.dpDlxgT/DfjOu4wqgSKID6a/fL9bG1fBAPaoJQCHgGTC";
    let whole = "x".repeat(72);
    assert_eq!(verdict(&pool, &whole, hash).await, MATCH);
    assert_eq!(verdict(&pool, &format!("{whole}y"), hash).await, MATCH);
    assert_eq!(
        verdict(&pool, &whole[..71], hash).await,
        Verdict::Mismatch,
        "one less"
    );
    let empty = "$2b$04$zaqZ4PWXusvs/oRfEsPbCeKxz8DmYrKGd.KRUMtUFoEwSFeqRsKJ2";
    assert_eq!(verdict(&pool, "", empty).await, MATCH);
    assert_eq!(
        verdict(&pool, "\0x", empty).await,
        Verdict::Mismatch,
        "not cut at the NUL"
    );
}

/// Damaged, or beyond the bounds: no stored row can stop the server.
const REFUSED: &str = "
$2b$17$HfDuH7X.BE7JohkHVKc4IeLltWikNFVklaaQ8AGAZDYZeAjTXuyrC
$2b$31$HfDuH7X.BE7JohkHVKc4IeLltWikNFVklaaQ8AGAZDYZeAjTXuyrC
$2b$03$HfDuH7X.BE7JohkHVKc4IeLltWikNFVklaaQ8AGAZDYZeAjTXuyrC
$2b$05$HfDuH7X.BE7JohkHVKc4IeLltWikNFVklaaQ8AGAZDYZeAjTXuyr
$2b$05$HfDuH7X.BE7JohkHVKc4Ié€ltWikNFVklaaQ8AGAZDYZeAjTXuyr
$2b$05$HfDuH7X.BE7JohkHVKc4I!LltWikNFVklaaQ8AGAZDYZeAjTXuyrC
$2b$+5$HfDuH7X.BE7JohkHVKc4IeLltWikNFVklaaQ8AGAZDYZeAjTXuyrC
$pbkdf2-sha256$i=10000001,l=32$AAECAwQFBgcICQoLDA0ODw$lViAH9JdH6vlLXTY626qu24RiEdSkEh3PfytY053JL4
$pbkdf2-sha256$i=4294967296,l=32$AAECAwQFBgcICQoLDA0ODw$lViAH9JdH6vlLXTY626qu24RiEdSkEh3PfytY053JL4
$pbkdf2-sha256$i=0,l=32$AAECAwQFBgcICQoLDA0ODw$lViAH9JdH6vlLXTY626qu24RiEdSkEh3PfytY053JL4
$pbkdf2-sha256$i=-1,l=32$AAECAwQFBgcICQoLDA0ODw$lViAH9JdH6vlLXTY626qu24RiEdSkEh3PfytY053JL4
$pbkdf2-sha256$l=32$AAECAwQFBgcICQoLDA0ODw$lViAH9JdH6vlLXTY626qu24RiEdSkEh3PfytY053JL4
$pbkdf2-sha256$i=1000,i=2$AAECAwQFBgcICQoLDA0ODw$lViAH9JdH6vlLXTY626qu24RiEdSkEh3PfytY053JL4
$pbkdf2-sha256$i=1000,l=16$AAECAwQFBgcICQoLDA0ODw$lViAH9JdH6vlLXTY626qu24RiEdSkEh3PfytY053JL4
$pbkdf2-sha256$i=1000$AAECAwQFBgcICQoLDA0ODw$
$pbkdf2-sha256$i=1000$AAECAwQFBgcICQoLDA0ODw$AAEC
$pbkdf2-sha256$i=6000000$AAECAwQFBgcICQoLDA0ODw$lij5i+F+zG+cq/HXMMAFQ9FzueDl14IQaGhilmA9jNB3hpQZ+aJqRT+6kN57wYUZ1EQwM0qx4Ro13fg2UmEwXQ
$pbkdf2-md5$i=1000$AAECAwQFBgcICQoLDA0ODw$lViAH9JdH6vlLXTY626qu24RiEdSkEh3PfytY053JL4
$pbkdf2-sha256$i=1000$AAECAwQFBgcICQoLDA0ODw
$scrypt$ln=21,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$pgWB1Zm/iBBUNnUA72kV5EsmRoPVD5ckg00mS5+hs/Q
$scrypt$ln=16384,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$pgWB1Zm/iBBUNnUA72kV5EsmRoPVD5ckg00mS5+hs/Q
$scrypt$ln=18,r=8,p=17$AAECAwQFBgcICQoLDA0ODw$pgWB1Zm/iBBUNnUA72kV5EsmRoPVD5ckg00mS5+hs/Q
$scrypt$ln=14,r=4294967295,p=4294967295$AAECAwQFBgcICQoLDA0ODw$pgWB1Zm/iBBUNnUA72kV5EsmRoPVD5ckg00mS5+hs/Q
$scrypt$ln=14,r=0,p=1$AAECAwQFBgcICQoLDA0ODw$pgWB1Zm/iBBUNnUA72kV5EsmRoPVD5ckg00mS5+hs/Q
$scrypt$ln=0,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$pgWB1Zm/iBBUNnUA72kV5EsmRoPVD5ckg00mS5+hs/Q
$scrypt$ln=14,r=8$AAECAwQFBgcICQoLDA0ODw$pgWB1Zm/iBBUNnUA72kV5EsmRoPVD5ckg00mS5+hs/Q
$scrypt$ln=14,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$
";

const UNKNOWN: [&str; 8] = [
    "",
    "$",
    "secret",
    "$2x$05$HfDuH7X.BE7JohkHVKc4IeLltWikNFVklaaQ8AGAZDYZeAjTXuyrC",
    "$1$salt$hash",
    "$md5$pf=e1BBU1NXT1JEfQ==$$",
    "{SSHA}x",
    "5f4dcc3b5aa765d61d8327deb882cf99",
];

#[tokio::test]
async fn what_is_damaged_or_too_dear_is_a_mismatch_at_the_present_cost() {
    // S41
    let pool = pool();
    let refused = REFUSED.trim().lines();
    let started = Instant::now();
    for hash in refused.clone() {
        assert!(Foreign::read(hash).is_none(), "{hash}");
        assert_eq!(usable(hash), Usable::Refused, "{hash}");
        let found = verdict(&pool, "pässwörd 密码", hash).await;
        assert_eq!(found, Verdict::Mismatch, "{hash}");
    }
    for hash in UNKNOWN {
        assert_eq!(usable(hash), Usable::UnknownKind, "{hash}");
        assert_eq!(verdict(&pool, "secret", hash).await, Verdict::Mismatch);
    }
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[test]
fn no_cut_of_a_hash_is_taken_for_another() {
    for (_, hash) in VECTORS {
        let starts = hash.char_indices().map(|(end, _)| &hash[..end]);
        for start in starts.filter(|start| start.starts_with("$2")) {
            assert!(Foreign::read(start).is_none(), "{start}");
        }
        for (at, _) in hash.char_indices() {
            // None of these may panic.
            let _ = Foreign::read(&hash[..at]);
            let _ = Foreign::read(&hash[at..]);
            let _ = Foreign::read(&format!("{}$é{}", &hash[..at], &hash[at..]));
        }
    }
}
