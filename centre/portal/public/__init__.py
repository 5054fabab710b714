"""The public: anybody who holds a certificate and wants to know whether it is one."""
