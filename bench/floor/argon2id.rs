//! Raw argon2id at the server's default cost: one hash at a time, memory kept.

use argon2::{Algorithm, Argon2, Block, Params, Version};

use crate::Result;
use crate::host::Host;
use crate::load::{self, Figures, Turn};

struct Hash {
    argon2: Argon2<'static>,
    memory: Vec<Block>,
}

impl Turn for Hash {
    async fn turn(&mut self) -> Result<()> {
        let mut tag = [0; 32];
        self.argon2
            .hash_password_into_with_memory(
                b"correct horse battery staple",
                b"sixteen bytes ok",
                &mut tag,
                &mut self.memory,
            )
            .map_err(|error| error.to_string())?;
        // The measuring loop shares this thread.
        tokio::task::yield_now().await;
        Ok(())
    }
}

pub(super) async fn measure(host: &Host) -> Result<Figures> {
    let params = Params::new(19_456, 2, 1, Some(32)).map_err(|error| error.to_string())?;
    let memory = vec![Block::new(); params.block_count()];
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    load::measure(host, std::process::id(), vec![Hash { argon2, memory }]).await
}
