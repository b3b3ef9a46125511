"""What may not happen to keys and signatures."""

from evenhand.errors import EvenhandError


class KeyOnDeviceError(EvenhandError):
    """The key lies on its owner's device, so this server cannot change it alone."""

    code = "key_on_device"


class KeyTakenError(EvenhandError):
    """This key was registered before; a key used twice would show that two dealings are one person's."""

    code = "key_taken"


class KeyUnreadableError(EvenhandError):
    """This is no public key as `evenhand key` writes it."""

    code = "key_unreadable"


class ChangeUnderWayError(EvenhandError):
    """Another change of this key waits for its signatures; finish or cancel it first."""

    code = "change_under_way"


class SignatureWrongError(EvenhandError):
    """This signature is not of these bytes by a key that must sign them."""

    code = "signature_wrong"


class SignatureLateError(EvenhandError):
    """The time to sign this record is over; it binds nobody."""

    code = "signature_late"
