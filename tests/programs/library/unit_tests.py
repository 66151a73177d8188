# unittest: every assertion that fails, skips, subtests, set-up and tear-down.
import io
import os
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__)) + "/"

class A(unittest.TestCase):
    @classmethod
    def setUpClass(cls): print("setUpClass")
    @classmethod
    def tearDownClass(cls): print("tearDownClass")
    def setUp(self): print("setUp", self.id()); self.addCleanup(print, "cleanup")
    def tearDown(self): print("tearDown")
    def test_eq(self): self.assertEqual(1, 2)
    def test_eq_msg(self): self.assertEqual("a", "b", "my message")
    def test_ok(self):
        "The doc line."
        self.assertEqual([1], [1])
    def test_list(self): self.assertEqual([1, 2, 3], [1, 5, 3, 4])
    def test_list2(self): self.assertEqual([1, [2]], [1])
    def test_tuple(self): self.assertEqual((1, 2), (1, 3))
    def test_dict(self): self.assertEqual({"a": 1, "b": 2}, {"a": 1, "b": 3, "c": 4})
    def test_set(self): self.assertEqual({1, 2}, {2, 3})
    def test_str(self): self.assertEqual("hello\nworld\n", "hello\nthere\n")
    def test_str1(self): self.assertEqual("hello world", "hello word")
    def test_long(self): self.assertEqual("x" * 100 + "a", "x" * 100 + "b")
    def test_long2(self): self.assertEqual(tuple(range(60)), tuple(range(61)))
    def test_true(self): self.assertTrue(0)
    def test_false(self): self.assertFalse([1])
    def test_in(self): self.assertIn(1, [2])
    def test_notin(self): self.assertNotIn(1, [1])
    def test_is(self): self.assertIs([], [])
    def test_isnot(self): self.assertIsNot(None, None)
    def test_none(self): self.assertIsNone(1)
    def test_notnone(self): self.assertIsNotNone(None)
    def test_inst(self): self.assertIsInstance(1, str)
    def test_notinst(self): self.assertNotIsInstance(1, int)
    def test_almost(self): self.assertAlmostEqual(1.0, 1.1)
    def test_almost2(self): self.assertAlmostEqual(1.0, 1.1, delta=0.05)
    def test_notalmost(self): self.assertNotAlmostEqual(1.0, 1.00000001)
    def test_less(self): self.assertLess(2, 1)
    def test_greater(self): self.assertGreaterEqual(1, 2)
    def test_noteq(self): self.assertNotEqual(1, 1)
    def test_count(self): self.assertCountEqual([1, 2, 2], [2, 1, 3])
    def test_raises(self):
        with self.assertRaises(ValueError): pass
    def test_raises2(self):
        with self.assertRaises(ValueError) as cm: int("x")
        print(cm.exception)
        self.assertRaises(TypeError, int, "3")
    def test_raises3(self):
        with self.assertRaises(ValueError): raise KeyError(1)
    def test_regex(self):
        with self.assertRaisesRegex(ValueError, "abc"): raise ValueError("xyz")
    def test_regex2(self): self.assertRegex("abc", "^b")
    def test_notregex(self): self.assertNotRegex("abc", "b")
    def test_error(self): 1/0
    def test_error2(self):
        try: 1/0
        except ZeroDivisionError: raise KeyError("x")
    def test_sub(self):
        for i in range(4):
            with self.subTest("msg", i=i, j="x"):
                self.assertEqual(i % 2, 0)
    def test_skip(self): self.skipTest("why")
    @unittest.skip("reason")
    def test_skip2(self): pass
    @unittest.skipIf(True, "cond")
    def test_skip3(self): pass
    @unittest.expectedFailure
    def test_xfail(self): self.fail()
    @unittest.expectedFailure
    def test_xok(self): pass
    def test_fail(self): self.fail("no")
    def test_warns(self):
        import warnings
        with self.assertWarns(DeprecationWarning): warnings.warn("x", DeprecationWarning)
        with self.assertWarns(UserWarning): pass
    def test_logs(self):
        import logging
        with self.assertLogs("a", "INFO") as cm: logging.getLogger("a").info("hi %s", 3)
        print(cm.output, cm.records[0].msg)
    def test_seq(self): self.assertSequenceEqual([1, 2], (1, 3))
    def test_big(self): self.assertEqual([{"k": list(range(10)), "v": "y" * 30}] * 3, [{"k": list(range(9)), "v": "y" * 30}] * 3)
class B(unittest.TestCase):
    @classmethod
    def setUpClass(cls): raise RuntimeError("setup")
    def test_x(self): pass
@unittest.skip("all")
class C(unittest.TestCase):
    def test_y(self): pass
class D(unittest.TestCase):
    longMessage = False
    def runTest(self): self.assertEqual(1, 2, "only this")
    def tearDown(self): raise KeyError("tear")
def run(suite, **kw):
    out = io.StringIO()
    r = unittest.TextTestRunner(stream=out, **kw).run(suite)
    print("".join("Ran" + p.split(" in ")[0] + "\n" if i else p for i, p in enumerate(out.getvalue().replace(HERE, "").split("Ran"))))
    print(r, r.wasSuccessful(), r.testsRun, len(r.failures), len(r.errors), r.skipped)
L = unittest.defaultTestLoader
run(L.loadTestsFromTestCase(A))
run(L.loadTestsFromModule(sys.modules[__name__]), verbosity=2)
run(unittest.TestSuite([A("test_ok"), A("test_eq"), A("test_true")]), failfast=True)
run(unittest.TestSuite([A("test_ok"), A("test_raises2"), A("test_eq")]), buffer=True)
run(D())
print(L.getTestCaseNames(A)[:3], A("test_ok"), repr(A("test_ok")), A("test_ok").shortDescription(), A("test_ok").countTestCases(), unittest.TestSuite([A("test_ok")]))
try: A("nope")
except ValueError as e: print(e)
run(unittest.FunctionTestCase(lambda: None, description="d"))
run(L.loadTestsFromName("A.test_ok", sys.modules["__main__"]))
run(L.loadTestsFromName("A.nope", sys.modules["__main__"]))
sys.stderr = io.StringIO()
try: unittest.main(argv=["prog", "A.test_ok", "A.test_set"])
except SystemExit as e: print("exit", e.code)
try: unittest.main(argv=["prog", "-q", "A.test_ok"], exit=False, verbosity=2)
except SystemExit as e: print("exit", e.code)
sys.stderr = sys.__stderr__
