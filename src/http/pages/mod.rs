//! What people see: one file per page, each with its view struct and its handler.

pub mod account;
pub mod app_look;
pub mod choose_account;
pub mod consent;
pub mod error;
pub mod forgot;
pub mod form_post;
pub mod home;
pub mod layout;
pub mod link_dead;
pub mod login;
pub mod login_passkey;
pub mod logout;
pub mod reset;
pub mod setup;
pub mod sign_up;
pub mod upstream;
pub mod verify;
pub mod verify_email;
